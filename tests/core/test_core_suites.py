from dev.workbench import core_tests


def test_every_test_of_core_that_passes_without_our_addons_passes_with_them(
    made, databases
):
    assert core_tests.new_failures(made, databases) == set()
