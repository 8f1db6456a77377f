import json

import pytest

from dev.workbench import bench


@pytest.mark.parametrize(
    ("name", "size"), [("people", 2000), ("knowledge", 2000), ("send", 50)]
)
def test_a_small_run_agrees_with_native_and_leaves_its_figures_as_json(name, size):
    file = bench.RESULTS / f"{name}-{size}.json"
    file.unlink(missing_ok=True)
    assert bench.run([name, "--size", str(size)]) == 0
    result = json.loads(file.read_text(encoding="utf-8"))
    assert result["size"] == size
    assert not result["judged"]
    for figure in result["figures"]:
        assert figure["agree"], figure
        assert figure["native"] is None or figure["native"] >= 0
        assert figure["ours"] > 0
