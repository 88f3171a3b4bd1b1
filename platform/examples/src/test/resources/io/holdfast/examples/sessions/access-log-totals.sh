#!/bin/sh
# What the sessions example must find in an access log, counted by awk and sort alone:
#
#   sh access-log-totals.sh access.log
#
# Prints, separated by tabs:
#   lines     n
#   dirty     n
#   bytes     n
#   visitor   address  requests  sessions  bytes      one line each, sorted
#   page      minute   rank      page      requests   the first three of each minute, sorted
#
# A session is a longest run of a visitor's requests, in the order of their times, in which each is
# less than 30 minutes after the one before. A minute is its number since 1970-01-01T00:00Z. Pages
# with equally many requests rank in the order of their bytes.

LC_ALL=C
export LC_ALL
log=$1
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
tab=$(printf '\t')

# Clean lines become: visitor, seconds since 1970, bytes, page or nothing.
awk -v totals="$work/totals" '
function leap(year) {
    return year % 4 == 0 && year % 100 != 0 || year % 400 == 0
}
function daysBefore(year) {
    year--
    return year * 365 + int(year / 4) - int(year / 100) + int(year / 400)
}
function notUtf8(text) {
    if (text !~ /[\200-\377]/) return 0
    if (text ~ /\357\277\275/) return 1
    gsub(/[\302-\337][\200-\277]/, "", text)
    gsub(/\340[\240-\277][\200-\277]/, "", text)
    gsub(/[\341-\354\356\357][\200-\277][\200-\277]/, "", text)
    gsub(/\355[\200-\237][\200-\277]/, "", text)
    gsub(/\360[\220-\277][\200-\277][\200-\277]/, "", text)
    gsub(/[\361-\363][\200-\277][\200-\277][\200-\277]/, "", text)
    gsub(/\364[\200-\217][\200-\277][\200-\277]/, "", text)
    return text ~ /[\200-\377]/
}
# Sets visitor, at (seconds since 1970), size and page, or returns 0 if the line is dirty.
function readLine(line,    day, month, year, hour, minute, second, east, days, m, request, words) {
    if (length(line) > 65536 || notUtf8(line)) return 0
    visitor = line
    if (!sub(/^[A-Za-z0-9.:_%-]+ [^ ]+ /, "", line)) return 0
    sub(/ .*/, "", visitor)
    if (index(line, " [") < 2) return 0
    line = substr(line, index(line, " [") + 2)
    if (line !~ fields) return 0

    day = substr(line, 1, 2) + 0
    month = index("JanFebMarAprMayJunJulAugSepOctNovDec", substr(line, 4, 3))
    year = substr(line, 8, 4) + 0
    hour = substr(line, 13, 2) + 0
    minute = substr(line, 16, 2) + 0
    second = substr(line, 19, 2) + 0
    east = substr(line, 23, 2) * 60 + substr(line, 25, 2)
    if (month % 3 != 1 || year < 1) return 0
    month = (month + 2) / 3
    if (day < 1 || day > monthDays[month] + (month == 2 && leap(year))) return 0
    if (hour > 23 || minute > 59 || second > 60) return 0
    if (substr(line, 23, 2) > 23 || substr(line, 25, 2) > 59) return 0
    if (substr(line, 22, 1) == "-") east = -east
    days = daysBefore(year) - daysBefore(1970) + day - 1
    for (m = 1; m < month; m++) days += monthDays[m] + (m == 2 && leap(year))
    at = ((days * 24 + hour) * 60 + minute - east) * 60 + second

    match(line, quoted)
    request = substr(line, RSTART + 1, RLENGTH - 2)
    split(substr(line, RSTART + RLENGTH + 1), words, " ")
    if (length(words[2]) > 18) return 0
    size = words[2] == "-" ? 0 : words[2] + 0

    page = ""
    if (request ~ /^[A-Z-]+ [^ ]+( HTTP\/[^ ]*)?$/) {
        split(request, words, / /)
        page = words[2]
        sub(/^https?:\/\/[^\/?]*/, "", page)
        sub(/\?.*$/, "", page)
        if (page == "") page = "/"
    }
    return 1
}
BEGIN {
    split("31 28 31 30 31 30 31 31 30 31 30 31", monthDays, " ")
    quoted = "\"([^\"\\\\]|\\\\.)*\""
    two = "[0-9][0-9]"
    fields = "^" two "/[A-Z][a-z][a-z]/" two two ":" two ":" two ":" two " [-+]" two two "\\] " \
             quoted " [1-9]" two " (-|[0-9]+)( " quoted " " quoted ")?$"
}
{
    lines++
    sub(/\r$/, "")
    if (!readLine($0)) {
        dirty++
        next
    }
    bytes += size
    printf "%s\t%.0f\t%.0f\t%s\n", visitor, at, size, page
}
END { printf "lines\t%d\ndirty\t%d\nbytes\t%.0f\n", lines, dirty, bytes > totals }
' "$log" > "$work/clean" || exit 1
cat "$work/totals"

sort -t "$tab" -k 1,1 -k 2,2n "$work/clean" | awk -F '\t' '
function print_visitor() {
    if (requests) printf "visitor\t%s\t%d\t%d\t%.0f\n", visitor, requests, sessions, bytes
}
$1 "" != visitor "" {
    print_visitor()
    visitor = $1
    requests = sessions = bytes = 0
}
{
    if (requests == 0 || $2 - last >= 1800) sessions++
    requests++
    bytes += $3
    last = $2
}
END { print_visitor() }
' | sort || exit 1

awk -F '\t' '$4 != "" { count[sprintf("%.0f", int($2 / 60)) "\t" $4]++ }
END { for (key in count) printf "%s\t%d\n", key, count[key] }' "$work/clean" |
sort -t "$tab" -k 1,1n -k 3,3nr -k 2,2 | awk -F '\t' '
$1 != minute { minute = $1; rank = 0 }
++rank <= 3 { printf "page\t%s\t%d\t%s\t%d\n", $1, rank, $2, $3 }
' | sort || exit 1
