"""The parts of sending that need no database: data in, data out, `now` passed in."""
