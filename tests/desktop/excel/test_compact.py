"""A compact mapping is read as the dictionary it stands for."""

from hypothesis import given
from hypothesis import strategies as st

from desktop.excel.compact import Compact

mappings = st.dictionaries(st.text(max_size=3), st.none() | st.integers() | st.text(max_size=3))


@given(mappings, st.text(max_size=3))
def test_a_compact_mapping_answers_like_its_dictionary(known: dict[str, object], name: str) -> None:
    compact = Compact(tuple(known), tuple(known.values()))
    assert compact == known
    assert len(compact) == len(known)
    assert list(compact.items()) == list(known.items())
    assert compact.get(name, "nothing") == known.get(name, "nothing")
    assert (name in compact) == (name in known)
    assert repr(compact) == repr(known)
