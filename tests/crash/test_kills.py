from dev.workbench import crash

# Six failpoints, one worker alone and a pair, in turn: each failpoint twice and more.
KILLS = 60


def test_workers_killed_at_any_moment_send_no_mail_twice_and_lose_none():
    assert crash.run([str(KILLS)]) == 0
