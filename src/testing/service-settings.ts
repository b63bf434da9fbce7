/** With which a whole Ibid is started for tests. */
export const SERVICE_SETTINGS = { IBID_ADMIN_KEY: 'admin-key', IBID_RATE_LIMIT: '1000/minute' } as const;
