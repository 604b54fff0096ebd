"""Shares of totals, rounded as the city rounds them."""

from decimal import ROUND_HALF_UP, Decimal

NOTHING = "—"  # a share of nothing


def ratio(above: Decimal | int, below: Decimal | int) -> Decimal | str:
    """``above`` for each of ``below``, rounded half up to a whole number; a dash over nothing."""
    if not below:
        return NOTHING
    return (Decimal(above) / Decimal(below)).quantize(Decimal(1), ROUND_HALF_UP)
