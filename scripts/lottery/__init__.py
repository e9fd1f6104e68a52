"""lottery/v1 a second time, written from its definition alone: Python 3.11, standard library only.

Nothing here was taken over from the service's own verifier, so that an error in one of the two shows.
The numbers of sections (§) are those of the definition, docs/lottery-v1.md.
"""
