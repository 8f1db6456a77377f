"""The people of the campaigns that several processes send, as code for `in_shell`."""


def audience(name: str, count: int, domains=("example.com",)) -> str:
    """Return code that makes people and a segment of them: its `segment`."""
    return f"""
tag = env["hr.applicant.category"].create({{"name": {name!r}}})
env["recruit.candidate"].create(
    [
        {{
            "name": f"Person {{n}}",
            "email": f"p{{n}}@{{{domains!r}[n % {len(domains)}]}}",
            "categ_ids": [(4, tag.id)],
        }}
        for n in range({count})
    ]
)
rule = {{"field": "tag", "operator": "any_of", "value": tag.ids}}
segment = env["recruit.segment"].create(
    {{"name": {name!r}, "tree": {{"group": "all", "items": [rule]}}}}
)
"""
