/** The field of when a credential report was made. It says nothing of what is reported, so whoever compares leaves it out. */
export const REPORT_TIME = 'reportTime';
