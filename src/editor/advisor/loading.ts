/** The advisor's own code: loaded when somebody asks, and never by activation. */
export const loadAdvisor = () => import('../../advisor');

export type Advisor = Awaited<ReturnType<typeof loadAdvisor>>;
