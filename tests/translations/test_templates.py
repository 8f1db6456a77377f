import polib
import pytest

from dev.workbench import paths, translations


@pytest.fixture(scope="module")
def exported():
    return translations.export()


@pytest.mark.parametrize("addon", paths.ours())
def test_the_template_holds_every_term_of_its_addon(exported, addon):
    stored = {entry.msgid for entry in polib.pofile(str(translations.template(addon)))}
    wanted = {entry.msgid for entry in exported[addon]}
    assert stored == wanted, "call ./recruit translations"
