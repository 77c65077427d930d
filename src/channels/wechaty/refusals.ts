/**
 * What the local puppet cannot do. wechaty-puppet declares these as abstract, yet its mixins lose that, so a missing
 * one would be "x is not a function" at run time; each of ours refuses with a sentence instead.
 */
const REFUSED = [
  'contactAlias',
  'contactAvatar',
  'contactCorporationRemark',
  'contactDescription',
  'contactPhone',
  'contactSelfName',
  'contactSelfQRCode',
  'contactSelfSignature',
  'conversationReadMark',
  'friendshipAdd',
  'friendshipSearchHandle',
  'friendshipSearchPhone',
  'messageContact',
  'messageFile',
  'messageForward',
  'messageImage',
  'messageLocation',
  'messageMiniProgram',
  'messageRecall',
  'messageSendContact',
  'messageSendFile',
  'messageSendLocation',
  'messageSendMiniProgram',
  'messageSendPost',
  'messageSendUrl',
  'messageUrl',
  'postPublish',
  'postRawPayload',
  'postRawPayloadParser',
  'postSearch',
  'roomAdd',
  'roomAnnounce',
  'roomAvatar',
  'roomCreate',
  'roomDel',
  'roomInvitationAccept',
  'roomInvitationRawPayload',
  'roomInvitationRawPayloadParser',
  'roomQRCode',
  'roomQuit',
  'tagContactAdd',
  'tagContactDelete',
  'tagContactList',
  'tagContactRemove',
  'tap',
  'tapSearch',
] as const;

/** Thrown by every act in REFUSED. */
export class NotSupported extends Error {
  override readonly name = 'NotSupported';
}

/** Puts a refusal in the place of every act that the puppet class does not have itself. */
export function refuseTheRest(puppet: { readonly prototype: object }): void {
  for (const act of REFUSED) {
    Object.defineProperty(puppet.prototype, act, {
      value: async () => {
        throw new NotSupported(`${act}: the local channel carries text only`);
      },
      writable: true,
      configurable: true,
    });
  }
}
