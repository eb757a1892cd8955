"""The language of the window: loads what there is for it, and says what there is not."""

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from widgets.places import RESOURCES
from widgets.words import translate

LANGUAGES = {"en": "English", "vi": "Tiếng Việt", "ko": "한국어"}
_LOCALES = {
    "en": QLocale(QLocale.Language.English, QLocale.Country.UnitedStates),
    "vi": QLocale(QLocale.Language.Vietnamese, QLocale.Country.Vietnam),
    "ko": QLocale(QLocale.Language.Korean, QLocale.Country.SouthKorea),
}


def speak(app: QApplication, language: str) -> str:
    """Load a language; gives the sentence that tells what is missing, empty if nothing. ValueError if it is none of ours."""
    if language not in LANGUAGES:
        raise ValueError(f"no language {language!r}; there are {', '.join(LANGUAGES)}")
    QLocale.setDefault(_LOCALES[language])
    for before in app.findChildren(QTranslator):
        app.removeTranslator(before)
        before.deleteLater()
    if language == "en":
        return ""
    _load(app, f"qtbase_{language}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
    done, every = translated(language) if _load(app, f"noc_{language}", str(RESOURCES / "translations")) else (0, 0)
    if not done:
        text = translate("language", "{language} is not translated yet: texts are English, numbers and dates follow {language}")
        return text.format(language=LANGUAGES[language])
    if done == every:
        return ""
    text = translate("language", "{language}: {done} of {all} texts are translated, the others are English")
    return text.format(language=LANGUAGES[language], done=done, all=every)


def translated(language: str) -> tuple[int, int]:
    """(texts that have a translation, all texts) of a language, by its source; (0, 0) where there is none."""
    try:
        source = (RESOURCES / "translations" / f"noc_{language}.ts").read_text(encoding="utf-8")
    except OSError:
        return 0, 0
    every = source.count("<message>")
    return every - source.count('<translation type="unfinished"></translation>'), every


def _load(app: QApplication, name: str, folder: str) -> bool:
    translator = QTranslator(app)
    return translator.load(name, folder) and app.installTranslator(translator)
