export type { Session } from './account.ts';
export { demoPassword, ensureDemoAccounts } from './add-demo-accounts.ts';
export { issueToken } from './issue-token.ts';
export { listDemoAccounts } from './list-demo-accounts.ts';
export { readSession } from './read-session.ts';
export { recallSession } from './remembered-sessions.ts';
export { signIn } from './sign-in.ts';
export { signOut } from './sign-out.ts';
