/** Remembers the id of a conversation for as long as the tab lives; nothing else is ever kept. */
export interface ConversationMemory {
  read(): string | undefined;
  write(id: string | undefined): void;
}

/** A browser that refuses storage only forgets: private windows and sandboxed frames throw. */
export function createConversationMemory(key: string): ConversationMemory {
  return {
    read() {
      try {
        return sessionStorage.getItem(key) ?? undefined;
      } catch {
        return undefined;
      }
    },
    write(id) {
      try {
        if (id === undefined) sessionStorage.removeItem(key);
        else sessionStorage.setItem(key, id);
      } catch {
        // Forgetting is all that can be done about it.
      }
    },
  };
}
