// Slack's timestamps, told in the time zone and language of the person who looks.
import { locale, t } from "./words.js";

let zone = "Europe/Amsterdam";

/** @param {string|undefined} tz an IANA name; an unknown one leaves the zone as it was */
export function useZone(tz) {
  try {
    new Intl.DateTimeFormat("en", { timeZone: tz });
    if (tz) zone = tz;
  } catch {
    // a made-up zone is no reason to show no times at all
  }
}

const dateOf = (ts) => new Date(Number.parseFloat(ts) * 1000);
const format = (ts, options) => new Intl.DateTimeFormat(locale(), { timeZone: zone, ...options }).format(dateOf(ts));

/** The calendar day as YYYY-MM-DD, for comparing. */
export function dayKey(ts) {
  return new Intl.DateTimeFormat("sv-SE", { timeZone: zone }).format(dateOf(ts));
}

const daysAgo = (ts) => {
  const now = Date.parse(dayKey(Date.now() / 1000));
  return Math.round((now - Date.parse(dayKey(ts))) / 86_400_000);
};

/** 14:05 */
export const clock = (ts) => format(ts, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });

/** Today, Yesterday, or Thursday 19 November. */
export function dayName(ts) {
  const ago = daysAgo(ts);
  if (ago === 0) return t("today");
  if (ago === 1) return t("yesterday");
  const year = ago > 300 ? { year: "numeric" } : {};
  const words = format(ts, { weekday: "long", day: "numeric", month: "long", ...year });
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** today at 14:05, yesterday at 14:05, or 19 November 14:05. */
export function moment(ts) {
  const ago = daysAgo(ts);
  if (ago === 0) return t("today_at", { time: clock(ts) });
  if (ago === 1) return t("yesterday_at", { time: clock(ts) });
  return `${format(ts, { day: "numeric", month: "long" })} ${clock(ts)}`;
}

/** The whole moment, for a tooltip and a screen reader. */
export const fullMoment = (ts) =>
  format(ts, {
    weekday: "long",
    day: "numeric",
    month: "long",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });

/** A YYYY-MM-DD of a date picker in words. */
export function dateInWords(day) {
  const [y, m, d] = day.split("-").map(Number);
  return new Intl.DateTimeFormat(locale(), { timeZone: "UTC", day: "numeric", month: "long", year: "numeric" }).format(
    new Date(Date.UTC(y, m - 1, d)),
  );
}

/** Today in the viewer's zone, YYYY-MM-DD. */
export const today = () => dayKey(Date.now() / 1000);

const TOKENS = {
  date_num: (ts) => dayKey(ts),
  date: (ts) => format(ts, { day: "numeric", month: "long", year: "numeric" }),
  date_short: (ts) => format(ts, { day: "numeric", month: "short", year: "numeric" }),
  date_long: (ts) => format(ts, { weekday: "long", day: "numeric", month: "long", year: "numeric" }),
  date_pretty: (ts) => relative(ts, TOKENS.date),
  date_short_pretty: (ts) => relative(ts, TOKENS.date_short),
  date_long_pretty: (ts) => relative(ts, TOKENS.date_long),
  time: (ts) => clock(ts),
  time_secs: (ts) => format(ts, { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" }),
  ago: (ts) => moment(ts),
};

const relative = (ts, otherwise) => {
  const ago = daysAgo(ts);
  if (ago === 0) return t("today").toLowerCase();
  if (ago === 1) return t("yesterday").toLowerCase();
  return otherwise(ts);
};

/** Slack's `<!date^…>` pattern: `{date_short} at {time}` and its kin. */
export function slackDate(ts, pattern) {
  return pattern.replace(/\{(\w+)\}/g, (whole, name) => (TOKENS[name] ? TOKENS[name](ts) : whole));
}
