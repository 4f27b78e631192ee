"""A customer is found by whatever people type."""

import pytest

from apps.customers.finding import find_customers, who_has, with_digits
from apps.customers.models import Phone
from tests.factories import CustomerFactory, EmailAddressFactory, PhoneFactory

SPELLINGS = [
    "+971501234567",
    "00971 50 123 4567",
    "050-1234567",
    "(050) 123 4567",
    "971501234567",
    "٠٥٠ ١٢٣ ٤٥٦٧",
    "tel:+971-50-123-4567",
    "https://wa.me/971501234567?text=Hello",
    "\u202a+971 50 123 4567\u202c",
    "050\u00a0123\u00a04567",
    "501234567",
    "1234567",
    "+971 (0)50 123 4567",
    "050 123 45",
    "971 50 123",
]

NAMES = [
    ("Mohammed Al Fahim", "محمد الفهيم"),
    ("Fatima Al-Mansoori", "فاطمة المنصوري"),
    ("Abdul Rahman Al Suwaidi", "عبد الرحمن السويدي"),
    ("Abdullah Al Nuaimi", "عبدالله النعيمي"),
    ("Layla Haddad", "ليلى حداد"),
    ("Omar Farouk", "عمر فاروق"),
    ("Khalid Al Maktoum", "خالد المكتوم"),
    ("Yousef Al Amiri", "يوسف العامري"),
    ("Aisha Al Qasimi", "عائشة القاسمي"),
    ("Hussein Al Shamsi", "حسين الشامسي"),
    ("Maryam Al Marri", "مريم المري"),
    ("Ibrahim Haddad", "إبراهيم حداد"),
    ("Sheikha Al Falasi", "شيخة الفلاسي"),
    ("Ghada Saleh", "غادة صالح"),
    ("Tariq Al Mazrouei", "طارق المزروعي"),
    ("Jassim Al Kaabi", "جاسم الكعبي"),
    ("Noura Al Dhaheri", "نورة الظاهري"),
    ("Zayed Al Nahyan", "زايد النهيان"),
    ("Abdulaziz Al Ketbi", "عبد العزيز الكتبي"),
    ("Walid Mustafa", "وليد مصطفى"),
]


@pytest.fixture
def crowd(agent):
    """Others whom the names must not be mistaken for."""
    return [CustomerFactory(full_name=name, agent=agent) for name in ("Zoe Brown", "Ravi Kumar", "كريم نصار")]


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_one_phone_number_is_found_in_every_spelling(spelling, agent, crowd):
    customer = CustomerFactory(agent=agent)
    PhoneFactory(customer=customer, e164="+971501234567")
    PhoneFactory(customer=crowd[0], e164="+971559876543")
    assert [hit.customer for hit in find_customers(spelling, agent)] == [customer]


@pytest.mark.django_db
@pytest.mark.parametrize("length", range(3, 13))
def test_every_part_of_a_phone_is_found_in_that_number_alone(length):
    number = "971501234567"
    phone = PhoneFactory(e164=f"+{number}")
    PhoneFactory(e164="+971509012345")
    jumbled = PhoneFactory(e164="", as_written="123456 0 234567")  # every six of 1234567, but not in a row
    for start in range(len(number) - length + 1):
        part = number[start : start + length]
        found = set(with_digits(part))
        assert phone in found
        assert found == {one for one in Phone.objects.all() if part in one.digits}
    assert length < 7 or jumbled not in found


@pytest.mark.parametrize(("latin", "arabic"), NAMES)
def test_a_name_is_found_in_english_and_in_arabic_spelling(latin, arabic, agent, crowd):
    one, other = CustomerFactory(full_name=latin, agent=agent), CustomerFactory(full_name=arabic, agent=agent)
    for spelling in (latin, arabic, latin.upper()):
        assert {hit.customer for hit in find_customers(spelling, agent)} == {one, other}


@pytest.mark.parametrize("spelling", ["Mohamed Fahim", "Muhammad AlFahim", "fahim mohammad", "Mohd. Al-Fahim", "محمّد"])
def test_a_name_is_found_as_others_would_spell_it(spelling, agent, crowd):
    customer = CustomerFactory(full_name="Mohammed Al Fahim", agent=agent)
    assert [hit.customer for hit in find_customers(spelling, agent)] == [customer]


@pytest.mark.parametrize("typed", ["whit", "Helen", "james whitf", "Whitfeild", "hélen whitfield"])
def test_a_name_is_found_while_it_is_typed(typed, agent, crowd):
    customer = CustomerFactory(full_name="James and Helen Whitfield", agent=agent)
    assert [hit.customer for hit in find_customers(typed, agent)] == [customer]


@pytest.mark.parametrize("typed", ["Helen@Mail.test", "helen+dubai@mail.test", "helen@m"])
def test_an_address_is_found_without_its_tag_and_by_its_beginning(typed, agent, crowd):
    customer = CustomerFactory(agent=agent)
    EmailAddressFactory(customer=customer, address="helen+crm@mail.test")
    EmailAddressFactory(customer=customer, address="helen@mail.test2")
    assert [hit.customer for hit in find_customers(typed, agent)] == [customer]


def test_a_reference_is_found_with_or_without_its_zeros(agent):
    customer = CustomerFactory(agent=agent)
    for typed in (customer.reference, customer.reference.lower(), f"c{int(customer.reference[2:])}"):
        assert find_customers(typed, agent)[0].customer == customer


def test_nobody_finds_whom_they_may_not_see(agent, other_agent, viewer):
    customer = CustomerFactory(full_name="Helen Whitfield", agent=other_agent)
    PhoneFactory(customer=customer, e164="+971501234567")
    EmailAddressFactory(customer=customer, address="helen@mail.test")
    for person in (agent, viewer):
        for typed in ("Helen Whitfield", "0501234567", "helen@mail.test", customer.reference):
            assert find_customers(typed, person) == []


def test_the_warning_knows_also_those_whom_the_reader_may_not_see(other_agent):
    customer = CustomerFactory(agent=other_agent)
    PhoneFactory(customer=customer, e164="+971501234567")
    EmailAddressFactory(customer=customer, address="helen@mail.test")
    assert [hit.customer for hit in who_has(phone="050 123 4567", email="Helen+x@mail.test")] == [customer] * 2
    assert who_has(phone="050 123 4567", besides=customer) == []
