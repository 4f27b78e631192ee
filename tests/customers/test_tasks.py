"""Tasks: whose they are, when they are due, done with Undo."""

from datetime import timedelta

import pytest
from django.utils import timezone

from apps.customers.models import Customer, Task
from apps.customers.views import tasks as tasks_page
from tests.factories import CustomerFactory, TaskFactory

DAY = timedelta(days=1)


@pytest.fixture
def tasks(james, agent):
    """Late, due and later ones of Layla's, and one of another agent's customer."""
    today = timezone.localdate()
    days = {"Late": -2, "Due": 0, "Later": 3}
    mine = {
        title: TaskFactory(customer=james, title=title, due_on=today + timedelta(days=days[title]), created_by=agent)
        for title in days
    }
    return mine | {"Foreign": TaskFactory(customer=CustomerFactory(full_name="Hidden"), title="Foreign")}


@pytest.mark.parametrize(
    ("view", "shown"), [("mine", {"Late", "Due", "Later"}), ("due", {"Due"}), ("late", {"Late"}), ("done", set())]
)
def test_each_view_shows_its_tasks(ask, tasks, agent, view, shown):
    page = ask(agent, "tasks:list", query={"view": view})
    assert {task.title for task in page.context["tasks"]} == shown
    assert page.context["counts"] == {"due": 1, "late": 1}


def test_all_shows_only_what_one_may_see(ask, tasks, agent, manager):
    assert "Foreign" not in ask(agent, "tasks:list", query={"view": "all"}).content.decode()
    assert "Foreign" in ask(manager, "tasks:list", query={"view": "all"}).content.decode()


def test_pages_go_on_after_the_last_task_and_back_before_the_first(ask, james, agent, monkeypatch):
    monkeypatch.setattr(tasks_page, "PAGE", 2)
    day, moment = timezone.localdate(), timezone.now().replace(microsecond=0)
    made = {"on_day": {"due_on": day}, "at_nine": {"due_on": day, "due_at": moment}, "late": {"due_on": day - DAY}}
    for title, due in made.items():
        TaskFactory(customer=james, title=title, created_by=agent, **due)
    first = ask(agent, "tasks:list")
    assert [task.title for task in first.context["tasks"]] == ["late", "at_nine"]
    assert not first.context["previous"]
    second = ask(agent, "tasks:list", query={"after": first.context["next"]})
    assert [task.title for task in second.context["tasks"]] == ["on_day"]
    back = ask(agent, "tasks:list", query={"before": second.context["previous"]})
    assert [task.title for task in back.context["tasks"]] == ["late", "at_nine"]


def test_what_is_done_is_listed_with_the_latest_first(ask, tasks, agent, monkeypatch):
    monkeypatch.setattr(tasks_page, "PAGE", 1)
    for days, title in enumerate(["Late", "Due"]):
        Task.objects.filter(pk=tasks[title].pk).update(done_at=timezone.now() - DAY * days)
    first = ask(agent, "tasks:list", query={"view": "done"})
    second = ask(agent, "tasks:list", query={"view": "done", "after": first.context["next"]})
    assert [[task.title for task in page.context["tasks"]] for page in (first, second)] == [["Late"], ["Due"]]


@pytest.mark.parametrize("after", ["50", "x", "%00"])
def test_an_address_that_names_no_task_shows_the_first_page(ask, tasks, agent, after):
    assert len(ask(agent, "tasks:list", query={"after": after}).context["tasks"]) == 3


def test_a_tick_can_be_taken_back(ask, tasks, agent):
    task = tasks["Due"]
    page = ask(agent, "tasks:done", task.pk, htmx="task-1", go="1")
    assert page.status_code == 200 and f"/tasks/{task.pk}/reopen/" in page.content.decode()
    assert Task.objects.get(pk=task.pk).done_by == agent
    ask(agent, "tasks:reopen", task.pk, go="1")
    assert Task.objects.get(pk=task.pk).done_at is None


def test_a_tick_on_the_customers_page_shows_what_is_next(ask, tasks, agent):
    text = ask(agent, "tasks:done", tasks["Late"].pk, htmx="next-step", go="1").content.decode()
    assert ">Due<" in text and ">Late<" not in text


def test_a_task_of_a_customer_that_one_may_not_see_is_not_there(ask, tasks, agent):
    assert ask(agent, "tasks:done", tasks["Foreign"].pk, go="1").status_code == 404
    assert ask(agent, "tasks:edit", tasks["Foreign"].pk).status_code == 404


def test_another_day_is_reminded_of_anew(ask, tasks, agent):
    task = tasks["Due"]
    Task.objects.update(reminded_at=timezone.now())
    ask(agent, "tasks:edit", task.pk, title="Due", due_on="2030-01-05", due_time="14:30", assignee=agent.pk)
    task.refresh_from_db()
    assert (str(task.due_on), task.reminded_at) == ("2030-01-05", None)
    assert timezone.localtime(task.due_at).hour == 14


def test_a_task_is_planned_for_a_customer_or_for_nobody(ask, james, agent):
    sent = {"title": "Call back", "due_on": "2030-01-05", "assignee": agent.pk}
    assert ask(agent, "customers:add_task", james, **sent).headers["Location"] == james.get_absolute_url()
    ask(agent, "tasks:new", **sent)
    assert list(Task.objects.order_by("pk").values_list("customer", flat=True)) == [james.pk, None]


def test_due_for_gives_todays_and_late_ones_of_visible_customers(tasks, james, agent, other_agent):
    assert [task.title for task in Task.objects.due_for(agent)] == ["Late", "Due"]
    Customer.objects.filter(pk=james.pk).update(agent=other_agent, team=None)
    assert not Task.objects.due_for(agent).exists()


def test_viewers_have_no_tasks(ask, viewer, customers_on):
    assert ask(viewer, "tasks:list").status_code == 403
