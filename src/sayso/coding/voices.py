"""Whose words fill the article: each speaker's share of the text, and the article's own."""

from __future__ import annotations

from sayso.coding.draft import Draft, ShareDraft
from sayso.coding.rooms import room


@room(needs=["statements"], gives=["shares"])
def share_voices(draft: Draft) -> None:
    """Reads the statements; counts for every voice the words that are its own, the article's first, then the most heard.

    A word is on the voice of the innermost statement that holds it: what a nurse said that a soldier told her is the
    soldier's. Page furniture counts for nobody.
    """
    shares: dict[object, ShareDraft] = {None: ShareDraft()}
    seen: set[int] = set()
    for token in draft.doc:
        if not draft.coded(token) or token.is_space or token.is_punct:
            continue
        statement = draft.innermost(token.i)
        # Statements of nobody in particular are one voice.
        key: object = None if statement is None else id(statement.speaker)
        share = shares.get(key)
        if share is None:
            share = shares[key] = ShareDraft(None if statement is None else statement.speaker)
        share.words += 1
        if statement is not None and id(statement) not in seen:
            seen.add(id(statement))
            share.statements.append(statement)
    own, *others = shares.values()
    draft.shares = [own, *sorted(others, key=lambda share: -share.words)]
