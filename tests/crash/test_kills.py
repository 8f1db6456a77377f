from dev.workbench import crash

# Six failpoints, one worker alone and a pair, in turn: each failpoint twice and more.
KILLS = 60
RACES = 5


def test_workers_killed_at_any_moment_send_no_mail_twice_and_lose_none():
    assert crash.run([str(KILLS)]) == 0


def test_people_stopped_while_their_message_is_sent_get_no_dot_after_the_commit():
    assert crash.run(["races", str(RACES)]) == 0
