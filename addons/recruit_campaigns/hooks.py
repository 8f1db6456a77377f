def uninstall_hook(env):
    """Let the database keep on knowing blocked addresses, without our list of them."""
    env["recruit.candidate"]._keep_blocked(without=("bounced",))
