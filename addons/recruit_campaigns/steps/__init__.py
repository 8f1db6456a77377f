from . import condition, end, kind, mail, note, task, wait
