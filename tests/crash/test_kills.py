import os

from dev.workbench import crash

# Nine failpoints, one worker alone, and a pair or eight, in turn; some three minutes in
# CI.
KILLS = 500 if os.environ.get("CI") else 60
RACES = 5
FAULTS = 8  # each kind twice


def test_workers_killed_at_any_moment_send_no_mail_twice_and_lose_none():
    assert crash.run([str(KILLS)]) == 0


def test_people_stopped_while_their_message_is_sent_get_no_dot_after_the_commit():
    assert crash.run(["races", str(RACES)]) == 0


def test_mail_server_sessions_and_disk_that_fail_let_no_message_leave_twice():
    assert crash.run(["faults", str(FAULTS)]) == 0
