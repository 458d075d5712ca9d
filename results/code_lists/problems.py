"""What is said of a file that cannot be read."""


class UnreadableList(Exception):
    """The file is no code list we know; the text is a Norwegian sentence, with line."""

    def __init__(self, sentence: str, *, line: int | None = None) -> None:
        super().__init__(f"Linje {line}: {sentence}" if line else sentence)
