"""The worker of a test: does the queued chunks of runs, as `manage.py worker` would."""

from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from kursvis.work import tasks

TASKS = {"work.prepare": tasks.prepare, "work.carry_out": tasks.carry_out, "work.undo": tasks.undo}


def work_once() -> str:
    """Do the oldest waiting chunk; return its task's name, or nothing when none waits."""
    job = ProcrastinateJob.objects.filter(task_name__in=TASKS, status="todo").order_by("pk").first()
    if job is None:
        return ""
    TASKS[job.task_name](**job.args)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs WHERE id = %s", [job.pk])
    return str(job.task_name)


def work() -> int:
    """Do every waiting chunk and those that follow; return how many."""
    number = 0
    while work_once():
        number += 1
    return number
