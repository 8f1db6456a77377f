"""How the story says that the product did not do what it should."""


class StoryError(AssertionError):
    """The product did not do what the story expects of it."""


def expect(what: str, found, wanted):
    """Stop the story where something is not as it should be."""
    if found != wanted:
        raise StoryError(f"{what}: expected {wanted!r:.300}, found {found!r:.300}")
