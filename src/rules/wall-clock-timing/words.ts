/** Names of how long code took. */
const DURATION = /dur(?:ation)?(?:$|_|[A-Z])|elapsed|took|taken|latency|^(?:diff|delta|ms|rtt|ping|secs?|seconds|millis|time|total)$|_(?:ms|secs?|seconds)$|(?:Ms|Millis|Seconds|Secs|Time)$|time_?spent|run_?time|(?:response|query|load|build|render|request|process(?:ing)?|exec(?:ution)?|total|wall)_?time/i;
/** Names of an age, a wait or a moment: differences in time, but not of code. */
const NOT_DURATION = /age(?:$|_|[A-Z])|ttl|expir|remain|left$|uptime|idle|stale|since|ago|until|timeout|deadline|cutoff|offset|skew|drift|delay|lag|interval/i;

export const isDurationName = (name: string): boolean => DURATION.test(name) && !NOT_DURATION.test(name);

export const isOtherDifference = (name: string): boolean => NOT_DURATION.test(name);

/** What an elapsed time is compared with to give up. */
export const isLimitName = (text: string): boolean => /timeout|deadline|limit|max_|max[A-Z]|MAX|seconds_to|watch/.test(text);
