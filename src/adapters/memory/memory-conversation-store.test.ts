import { conversationStoreConformance } from '../../testing/conversation-store-conformance.ts';
import { createMemoryConversationStore } from './memory-conversation-store.ts';

conversationStoreConformance('The memory store', async () => createMemoryConversationStore());
