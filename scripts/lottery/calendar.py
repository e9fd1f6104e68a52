"""Dates and instants from their own text. `datetime` knows no year 0000, which §1 does not exclude."""

MONTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def is_real(date: str) -> bool:
    """Whether a date of the form YYYY-MM-DD exists."""
    year, month, day = int(date[:4]), int(date[5:7]), int(date[8:10])
    if (month, day) == (2, 29):
        return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return 1 <= month <= 12 and 1 <= day <= MONTHS[month - 1]


def day_number(date: str) -> int:
    """Days since 1970-01-01, in the Gregorian calendar. Years are counted from 1 March."""
    year, month, day = int(date[:4]), int(date[5:7]), int(date[8:10])
    if month <= 2:
        year -= 1
    leap_days = year // 4 - year // 100 + year // 400
    return 365 * year + leap_days + (153 * ((month + 9) % 12) + 2) // 5 + day - 719_469


def weekday(date: str) -> int:
    """1 (Monday) to 7 (Sunday). 1 January 1970 was a Thursday."""
    return (day_number(date) + 3) % 7 + 1


def instant(text: str) -> int:
    """Seconds since 1970 of YYYY-MM-DDTHH:MM:SS and then Z or ±HH:MM."""
    hours, minutes, seconds = int(text[11:13]), int(text[14:16]), int(text[17:19])
    local = 86_400 * day_number(text) + 3_600 * hours + 60 * minutes + seconds
    if text[19] == "Z":
        return local
    offset = 3_600 * int(text[20:22]) + 60 * int(text[23:25])
    return local - offset if text[19] == "+" else local + offset
