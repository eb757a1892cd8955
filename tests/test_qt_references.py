"""PySide6 6.12.0 on Python 3.11 loses one reference of True at each emit and aborts after about 600: the pin must hold."""

import subprocess
import sys

CODE = """
import sys
from PySide6.QtCore import QCoreApplication, QObject, Signal
class Bell(QObject):
    rang = Signal(int)
app, bell = QCoreApplication([]), Bell()
bell.rang.connect(lambda n: None)
bell.rang.emit(0); app.processEvents()
before = sys.getrefcount(True), sys.getrefcount(None)
for n in range(200):
    bell.rang.emit(n)
    app.processEvents()
after = sys.getrefcount(True), sys.getrefcount(None)
print(max(b - a for a, b in zip(after, before)))
"""


def test_signals_lose_no_reference_of_true_or_none():
    done = subprocess.run([sys.executable, "-c", CODE], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) < 20
