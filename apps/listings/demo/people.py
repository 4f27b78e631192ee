"""The staff of the demo agency: one for each role, and a second agent."""

from dataclasses import dataclass

from apps.accounts.roles import Role

AGENCY = "Marina & Co."
PASSWORD = "marina-demo-2026"  # noqa: S105 - printed in the README, for a database that holds nothing of value


@dataclass(frozen=True)
class Person:
    email: str
    full_name: str
    role: Role
    team: str
    job_title: str
    phone: str


STAFF = (
    Person("layla@marina.example", "Layla Haddad", Role.AGENT, "Marina", "Senior agent", "+971 50 555 0101"),
    Person("omar@marina.example", "Omar Farouk", Role.AGENT, "Downtown", "Agent", "+971 50 555 0102"),
    Person("priya@marina.example", "Priya Nair", Role.MANAGER, "Marina", "Sales manager", "+971 50 555 0103"),
    Person("sofia@marina.example", "Sofia Rossi", Role.MARKETING, "", "Marketing", "+971 50 555 0104"),
    Person("yousef@marina.example", "Yousef Al Amiri", Role.VIEWER, "", "Front desk", "+971 50 555 0105"),
    Person("tom@marina.example", "Tom Becker", Role.ADMINISTRATOR, "", "Office manager", "+971 50 555 0106"),
)
LAYLA, OMAR, PRIYA, SOFIA, YOUSEF, TOM = (person.email for person in STAFF)
AGENTS = (LAYLA, OMAR, PRIYA, LAYLA, OMAR, TOM)
