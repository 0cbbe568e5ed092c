"""What Python itself costs, with the program that measures."""

ASYNC = False


class Client:
    def __init__(self, address: str) -> None:
        pass

    def call(self) -> str:
        return "EAAA"
