"""The worker of a test: does what is queued, as `manage.py worker` would; and what it mailed."""

import re
from typing import Any

from django.core import mail
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from kursvis.accounts import tasks

TASKS = {
    "accounts.send_link": tasks.send_link,
    "accounts.send_forgotten": tasks.send_forgotten,
    "accounts.send_notice": tasks.send_notice,
    "accounts.lock_after_failures": tasks.lock_after_failures,
}


def waiting(*names: str) -> list[Any]:
    """Return the waiting jobs of the tasks, or of all tasks of accounts."""
    return list(ProcrastinateJob.objects.filter(task_name__in=names or TASKS, status="todo").order_by("pk"))


def work() -> list[str]:
    """Do every waiting job of accounts, and those that they make; return their names in order."""
    names = []
    while jobs := waiting():
        for job in jobs:
            TASKS[job.task_name](**job.args)
            with connection.cursor() as cursor:
                cursor.execute("DELETE FROM procrastinate_jobs WHERE id = %s", [job.pk])
            names.append(job.task_name)
    return names


def link_in(body: str) -> str:
    """Return the path of the one-time link in a mail."""
    found = re.search(r"(/lank/[^\s/]+/)", body)
    assert found, body
    return found[1]


def latest_link() -> str:
    """Do what waits, and return the one-time link of the latest mail that has one."""
    work()
    return link_in([str(sent.body) for sent in mail.outbox if "/lank/" in str(sent.body)][-1])
