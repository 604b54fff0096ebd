"""The two errors that are meant for a clerk; anything else is a bug."""


class Refusal(Exception):
    """Something was not done, for a reason that a clerk can act on.

    :param what: what did not happen, for example "未能保存".
    :param why: the fact that stopped it.
    :param remedy: one way out.
    """

    def __init__(self, what: str, why: str, remedy: str) -> None:
        super().__init__(what, why, remedy)
        self.what, self.why, self.remedy = what, why, remedy

    def __str__(self) -> str:
        return f"{self.what}：{self.why}。{self.remedy}。"


class Unreadable(Exception):
    """A typed answer cannot be read as its kind; the text completes the sentence “某栏”…"""
