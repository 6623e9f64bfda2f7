"""Counted numbers: `bounds` reads them with "at least" and "between", `counted` tells what they count,
`measure` as what (killed, arrested, …), `attach` of which event."""
