"""Origins: whose word a report rests on, who denies it, and whether it is a side of it that says so.

From the outside in, each statement in which an event is told may name
  - its speaker: the institution for which an official speaks, a body, a person by name (kind `speaker`); an agency or a channel
    that reports in its own name gives whom it cites, else itself;
  - a voice without a name (a witness, residents; a document without an author is of kind `document`);
  - the agency or channel through which it came, where the speaker is nobody ("sources told Reuters").
The innermost that is named is the origin. Where the statements name nobody ("it is rumoured", "local media reported") there is
none. What the article tells in its own voice is its agency's, else its outlet's.

A voice without a name is as independent as who heard it. "A witness" in two papers may be one person or two, so they are told
apart by the medium that is cited for it, else the agency of the dateline, else the outlet, or by who tells of it: a resident who
told Reuters is one origin however many papers print it, two residents whom two papers asked are two.

The police are told apart by region: "the police" are those of the region where the event was. Platforms (Telegram, Facebook),
press releases and press conferences are nobody. The work is done in `whose`, `speaking`, `institutions`, `media`, `denials`
and `parties`.
"""

from sayso.ledger.origins.denials import Denied, denials, is_report
from sayso.ledger.origins.parties import claims_responsibility, is_party
from sayso.ledger.origins.speaking import Named, is_same
from sayso.ledger.origins.whose import origin_of, origin_of_actor, origin_of_article, origin_of_chain

__all__ = [
    "Denied",
    "Named",
    "claims_responsibility",
    "denials",
    "is_party",
    "is_report",
    "is_same",
    "origin_of",
    "origin_of_actor",
    "origin_of_article",
    "origin_of_chain",
]
