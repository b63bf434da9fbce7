/** Names an answer and the conversation it stands in, so that the next request can go on from right there. */
export function responseId(ids: { readonly id: string; readonly conversationId: string }): string {
  return `resp_${ids.conversationId}.${ids.id}`;
}

/** Undefined for what is no response id of ours. */
export function parseResponseId(id: string): { conversationId: string; answerId: string } | undefined {
  const [, conversationId, answerId] = /^resp_([\w.:-]{1,128})\.([\w:-]{1,128})$/.exec(id) ?? [];
  return conversationId === undefined || answerId === undefined ? undefined : { conversationId, answerId };
}
