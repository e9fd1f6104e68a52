"""lottery/v1 and v2 a second time, written from their definitions alone: Python 3.11, standard library only.

Nothing here was taken over from the service's own verifier, so that an error in one of the two shows.
The numbers of sections (§) are those of the definitions, docs/lottery-v1.md and docs/lottery-v2.md, which
reads on top of it: what v1 does not know is absent there, so one code judges both.
"""
