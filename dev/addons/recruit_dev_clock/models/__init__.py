from . import recruit_clock
