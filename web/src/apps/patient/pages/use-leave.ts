// Signing out clears this phone: what was kept and its key, messages to this browser, and what the page was told.
import { useMutation } from '@tanstack/react-query';
import { useSignOut } from '../../../modules/security/session.ts';
import { stopPush } from '../device/push.ts';
import { dropSealed } from '../device/sealed-store.ts';

export function useLeave() {
  const signOut = useSignOut(() => undefined);
  return useMutation({
    // Kept things go first: they must not stay when the server cannot be reached.
    mutationFn: async () => {
      await dropSealed();
      await stopPush().catch(() => undefined);
      await signOut.mutateAsync();
    },
  });
}
