declare const PERFORMANCE_ENGINEER_BUILD: string | undefined;

/** Names the program by its sources; undefined where it runs from them, and may change under the caches of its results. */
export const BUILD_ID: string | undefined = typeof PERFORMANCE_ENGINEER_BUILD === 'undefined' ? undefined : PERFORMANCE_ENGINEER_BUILD;
