"""Where the demo agency works: communities and towers of Dubai and Abu Dhabi, with Arabic names and coordinates.

Coordinates are good to some hundred metres, enough for a map with clusters.
"""

from dataclasses import dataclass
from decimal import Decimal

COUNTRY = ("United Arab Emirates", "الإمارات العربية المتحدة", "24.4539", "54.3773")
CITIES = {
    "Dubai": ("دبي", "25.2048", "55.2708"),
    "Abu Dhabi": ("أبوظبي", "24.4667", "54.3667"),
}


@dataclass(frozen=True)
class Building:
    """`price` is what a square foot sells for here, in AED."""

    community: str
    name: str
    name_ar: str
    latitude: Decimal
    longitude: Decimal
    floors: int
    year: int
    price: int


@dataclass(frozen=True)
class Community:
    """A community lies in a city, or in another community."""

    name: str
    name_ar: str
    inside: str
    latitude: Decimal
    longitude: Decimal


# name, Arabic name, what it lies in, latitude, longitude; outer communities first
_COMMUNITIES = """
Dubai Marina | دبي مارينا | Dubai | 25.0805 | 55.1403
Jumeirah Beach Residence | جميرا بيتش ريزيدنس | Dubai | 25.0779 | 55.1337
Downtown Dubai | وسط مدينة دبي | Dubai | 25.1950 | 55.2744
Business Bay | الخليج التجاري | Dubai | 25.1857 | 55.2722
Jumeirah Lake Towers | أبراج بحيرات جميرا | Dubai | 25.0693 | 55.1417
Cluster D | المجمع D | Jumeirah Lake Towers | 25.0712 | 55.1440
Cluster Q | المجمع Q | Jumeirah Lake Towers | 25.0663 | 55.1361
Palm Jumeirah | نخلة جميرا | Dubai | 25.1124 | 55.1390
Shoreline Apartments | شقق شورلاين | Palm Jumeirah | 25.1085 | 55.1497
Jumeirah Village Circle | قرية جميرا الدائرية | Dubai | 25.0602 | 55.2094
Dubai Hills Estate | دبي هيلز استيت | Dubai | 25.1118 | 55.2486
Dubai Creek Harbour | خور دبي هاربر | Dubai | 25.2010 | 55.3486
DIFC | مركز دبي المالي العالمي | Dubai | 25.2110 | 55.2790
Al Reem Island | جزيرة الريم | Abu Dhabi | 24.4990 | 54.4050
"""

# community: name, Arabic name, latitude, longitude, floors, year, AED a square foot
_BUILDINGS = """
Dubai Marina | Damac Heights | داماك هايتس | 25.0866 | 55.1459 | 86 | 2018 | 2250
Dubai Marina | Princess Tower | برج الأميرة | 25.0886 | 55.1467 | 101 | 2012 | 1700
Dubai Marina | Vida Residences | فيدا ريزيدنسز | 25.0748 | 55.1368 | 57 | 2023 | 2350
Dubai Marina | Cayan Tower | برج كيان | 25.0865 | 55.1452 | 75 | 2013 | 1750
Dubai Marina | Marina Heights | مارينا هايتس | 25.0889 | 55.1478 | 57 | 2006 | 1680
Dubai Marina | Marina Gate 1 | بوابة المارينا 1 | 25.0868 | 55.1478 | 51 | 2018 | 1900
Dubai Marina | Marina Gate 2 | بوابة المارينا 2 | 25.0872 | 55.1483 | 52 | 2019 | 1780
Dubai Marina | Ocean Heights | أوشن هايتس | 25.0908 | 55.1487 | 82 | 2010 | 1620
Dubai Marina | Silverene Tower A | برج سيلفرين أ | 25.0755 | 55.1383 | 34 | 2011 | 1530
Dubai Marina | Sparkle Tower 1 | برج سباركل 1 | 25.0717 | 55.1295 | 29 | 2017 | 1560
Dubai Marina | Sulafa Tower | برج سلافة | 25.0892 | 55.1502 | 75 | 2010 | 1550
Dubai Marina | The Torch | برج الشعلة | 25.0879 | 55.1474 | 79 | 2011 | 1800
Dubai Marina | Marina Pinnacle | مارينا بيناكل | 25.0899 | 55.1497 | 67 | 2011 | 1420
Dubai Marina | Elite Residence | إيليت ريزيدنس | 25.0897 | 55.1482 | 87 | 2012 | 1480
Dubai Marina | Botanica Tower | برج بوتانيكا | 25.0830 | 55.1425 | 41 | 2012 | 1500
Jumeirah Beach Residence | Rimal 3 | رمال 3 | 25.0772 | 55.1346 | 36 | 2007 | 1900
Jumeirah Beach Residence | Sadaf 5 | صدف 5 | 25.0794 | 55.1368 | 40 | 2007 | 1950
Jumeirah Beach Residence | Bahar 1 | بحر 1 | 25.0752 | 55.1322 | 38 | 2007 | 1850
Jumeirah Beach Residence | Murjan 2 | مرجان 2 | 25.0741 | 55.1306 | 36 | 2007 | 1830
Downtown Dubai | Burj Khalifa | برج خليفة | 25.1972 | 55.2744 | 163 | 2010 | 3400
Downtown Dubai | Boulevard Point | بوليفارد بوينت | 25.1984 | 55.2760 | 65 | 2019 | 2700
Downtown Dubai | Act One | آكت ون | 25.1936 | 55.2700 | 43 | 2022 | 2600
Downtown Dubai | 29 Boulevard 1 | 29 بوليفارد 1 | 25.1900 | 55.2716 | 50 | 2013 | 2050
Downtown Dubai | Claren Tower 1 | برج كلارين 1 | 25.1903 | 55.2730 | 32 | 2011 | 2000
Downtown Dubai | South Ridge 3 | ساوث ريدج 3 | 25.1882 | 55.2748 | 37 | 2008 | 1800
Business Bay | Executive Tower J | البرج التنفيذي J | 25.1912 | 55.2670 | 44 | 2009 | 1350
Business Bay | Churchill Residency | تشرشل ريزيدنسي | 25.1797 | 55.2640 | 60 | 2010 | 1400
Business Bay | The Opus | ذا أوبوس | 25.1885 | 55.2664 | 20 | 2019 | 2500
Business Bay | Merano Tower | برج ميرانو | 25.1832 | 55.2781 | 30 | 2019 | 1550
Cluster D | Lake Terrace | ليك تيراس | 25.0709 | 55.1437 | 40 | 2009 | 1150
Cluster D | Palladium | بالاديوم | 25.0715 | 55.1443 | 36 | 2010 | 1120
Cluster Q | Saba Tower 3 | برج سبأ 3 | 25.0660 | 55.1358 | 40 | 2010 | 1080
Jumeirah Lake Towers | Goldcrest Views 1 | جولدكرست فيوز 1 | 25.0683 | 55.1394 | 39 | 2007 | 1200
Jumeirah Lake Towers | Dubai Arch | دبي آرتش | 25.0700 | 55.1424 | 35 | 2009 | 1060
Palm Jumeirah | Oceana Atlantic | أوشيانا أتلانتيك | 25.1104 | 55.1372 | 13 | 2009 | 2500
Palm Jumeirah | Tiara Diamond | تيارا دايموند | 25.1142 | 55.1396 | 12 | 2010 | 2600
Palm Jumeirah | The 8 | ذا إيت | 25.1308 | 55.1528 | 9 | 2018 | 3100
Shoreline Apartments | Al Basri | البصري | 25.1066 | 55.1487 | 12 | 2006 | 2050
Shoreline Apartments | Jash Falqa | جش فلقا | 25.1110 | 55.1506 | 12 | 2006 | 2000
Jumeirah Village Circle | Bloom Towers A | أبراج بلوم أ | 25.0640 | 55.2107 | 30 | 2021 | 1250
Jumeirah Village Circle | Belgravia 2 | بلغرافيا 2 | 25.0577 | 55.2123 | 5 | 2018 | 1180
Jumeirah Village Circle | Oxford Residence 2 | أكسفورد ريزيدنس 2 | 25.0562 | 55.2069 | 12 | 2022 | 1150
Jumeirah Village Circle | Diamond Views 3 | دايموند فيوز 3 | 25.0621 | 55.2044 | 5 | 2012 | 950
Dubai Hills Estate | Park Heights 1 | بارك هايتس 1 | 25.1063 | 55.2507 | 20 | 2019 | 1900
Dubai Hills Estate | Acacia B | أكاسيا ب | 25.1049 | 55.2478 | 8 | 2020 | 1850
Dubai Hills Estate | Collective 2.0 | كوليكتيف 2.0 | 25.1142 | 55.2539 | 18 | 2022 | 1950
Dubai Creek Harbour | Creek Gate 1 | كريك جيت 1 | 25.2005 | 55.3452 | 32 | 2021 | 2000
Dubai Creek Harbour | Harbour Views 2 | هاربر فيوز 2 | 25.2031 | 55.3471 | 51 | 2020 | 2050
Dubai Creek Harbour | The Grand | ذا جراند | 25.2042 | 55.3440 | 62 | 2023 | 2300
DIFC | Index Tower | برج إندكس | 25.2085 | 55.2767 | 80 | 2010 | 2100
DIFC | Park Tower A | بارك تاور أ | 25.2105 | 55.2771 | 21 | 2008 | 1700
DIFC | Burj Daman | برج ضمان | 25.2099 | 55.2809 | 65 | 2014 | 2200
Al Reem Island | Sun Tower | برج الشمس | 24.4969 | 54.4062 | 65 | 2010 | 1150
Al Reem Island | Gate Tower 2 | برج البوابة 2 | 24.4958 | 54.4045 | 66 | 2013 | 1250
"""


def _rows(table: str) -> list[list[str]]:
    return [[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines()]


COMMUNITIES = tuple(
    Community(name, arabic, inside, Decimal(lat), Decimal(lng))
    for name, arabic, inside, lat, lng in _rows(_COMMUNITIES)
)
BUILDINGS = {
    name: Building(community, name, arabic, Decimal(lat), Decimal(lng), int(floors), int(year), int(price))
    for community, name, arabic, lat, lng, floors, year, price in _rows(_BUILDINGS)
}
