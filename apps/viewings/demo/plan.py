"""Which viewings the demo agency has: today's four, those of the last weeks with what was said, those to come."""

from dataclasses import dataclass

from apps.listings.demo.people import LAYLA, OMAR, PRIYA
from apps.viewings.lookups import Reason, Verdict

LIKED, MAYBE, NO = Verdict.LIKED, Verdict.MAYBE, Verdict.NO


@dataclass(frozen=True)
class Demo:
    """One viewing: days from today, time, building and unit, customer, agent; what is said where it is past."""

    day: int
    time: str
    building: str
    unit: str
    customer: str
    agent: str = LAYLA
    minutes: int = 30
    key: str = ""
    access: str = ""
    is_confirmed: bool = True
    verdict: str = ""
    reasons: tuple = ()
    line: str = ""
    is_told: bool = True


def at(name: str) -> str:
    """The address by which the demo knows its customer."""
    return f"{name}@mail.example"


TODAY = (
    Demo(0, "09:30", "The Torch", "3306", at("lucas.moreau")),
    Demo(0, "11:30", "Vida Residences", "1803", at("rajesh.menon"), key="Office, hook 6", access="Meet at lobby B"),
    Demo(0, "14:30", "Marina Gate 2", "2304", at("j.whitfield"), minutes=45, access="Meet at lobby B"),
    Demo(0, "16:00", "Silverene Tower A", "1507", "valuer@bank.example", key="Hook 9", is_confirmed=False),
)
PAST = (
    Demo(-1, "17:00", "Ocean Heights", "2703", at("leila.farahani"), OMAR, verdict=MAYBE, reasons=(Reason.VIEW,),
         line="Would come again in daylight.", is_told=False),
    Demo(-2, "11:00", "Marina Gate 2", "2304", at("reem.ali"), PRIYA, verdict=NO, reasons=(Reason.TOO_DEAR,),
         line="Ten percent over what they have."),
    Demo(-3, "15:30", "Cayan Tower", "4102", at("j.whitfield"), verdict=MAYBE, reasons=(Reason.TOO_SMALL,),
         line="Loved the twist of the tower, the second bedroom is too small."),
    Demo(-5, "10:00", "Vida Residences", "1803", at("rajesh.menon"), verdict=LIKED,
         line="Wants to see it in daylight with his wife."),
    Demo(-6, "12:30", "Marina Gate 2", "2304", at("oliver.grant"), PRIYA, verdict=NO,
         reasons=(Reason.TOO_DEAR, Reason.FLOOR), line="Looks for yield, not for a view."),
    Demo(-8, "16:30", "The Torch", "3306", at("thomas.weber"), OMAR, verdict=NO, reasons=(Reason.BEDROOMS,),
         line="Five of them need a third bedroom."),
    Demo(-9, "10:30", "Marina Gate 2", "2304", at("aisha.khan"), verdict=LIKED, line="The terrace is what she wanted."),
    Demo(-12, "14:00", "Princess Tower", "6805", at("carlos.mendes"), OMAR, verdict=MAYBE,
         reasons=(Reason.CONDITION,), line="The kitchen wants work."),
    Demo(-15, "11:30", "Silverene Tower A", "1507", at("chen.yu"), verdict=NO, reasons=(Reason.NOISE,),
         line="Hears the tram."),
)  # fmt: skip
TO_COME = (
    Demo(1, "10:00", "Marina Gate 2", "2304", at("hamad.shamsi"), is_confirmed=False),
    Demo(1, "11:30", "Cayan Tower", "4102", at("leila.farahani"), OMAR, key="Hook 3"),
    Demo(1, "15:00", "Princess Tower", "6805", at("faisal.qureshi"), PRIYA, is_confirmed=False),
    Demo(2, "12:00", "Marina Pinnacle", "5508", at("sami.khoury")),
    Demo(2, "17:30", "Damac Heights", "5001", at("oliver.grant"), PRIYA),
    Demo(3, "09:30", "Marina Heights", "2910", at("claire.dubois"), is_confirmed=False),
    Demo(5, "16:00", "Vida Residences", "1803", at("m.alfahim"), key="Office, hook 6"),
)
