import { randomUUID } from 'node:crypto';
import * as PUPPET from 'wechaty-puppet';
import { refuseTheRest } from './refusals.ts';

type Contact = PUPPET.payloads.Contact;
type Message = PUPPET.payloads.Message;
type Room = PUPPET.payloads.Room;
type Friendship = PUPPET.payloads.Friendship;

/** Text that the bot said, on its way to the person or group `to`. */
export interface Outgoing {
  readonly id: string;
  readonly to: string;
  readonly text: string;
  readonly mentionIds: readonly string[];
}

const BOT_ID = 'fanzha-bot';
/** Wechaty asks for a message by id soon after it was announced; older ones are not asked for again. */
const MOST_MESSAGES = 1_000;
/** What was written is not kept longer than it takes to answer it. */
const KEPT_MS = 60_000;
const MOST_CONTACTS = 20_000;

/**
 * A Wechaty puppet whose network is this process: whatever calls `receive` and listens to `deliver`. The chat page and
 * the terminal talk through it, so that they exercise the same bot that runs on WeChat. It emits no heartbeat, since
 * Wechaty's watchdog would then reset a puppet that is merely idle.
 */
export class LocalPuppet extends PUPPET.Puppet {
  static override readonly VERSION = '1.0.0';
  readonly #contacts = new Map<string, Contact>();
  readonly #rooms = new Map<string, Room>();
  readonly #messages = new Map<string, Message>();
  readonly #friendships = new Map<string, Friendship>();
  readonly #deliver: (outgoing: Outgoing) => Promise<void>;

  /** `deliver`: called with what the bot says; whoever reads the outbox needs no such call. */
  constructor(deliver: (outgoing: Outgoing) => Promise<void> = async () => {}) {
    super();
    this.#deliver = deliver;
  }

  override name(): string {
    return 'local';
  }

  override version(): string {
    return LocalPuppet.VERSION;
  }

  override async onStart(): Promise<void> {
    this.#contacts.set(BOT_ID, contact(BOT_ID, '反诈助手'));
    this.login(BOT_ID);
    this.emit('ready', { data: 'local' });
  }

  override async onStop(): Promise<void> {
    this.#messages.clear();
  }

  override ding(data?: string): void {
    this.emit('dong', { data: data ?? '' });
  }

  /** A person says `text`, privately or in a room that was made by `makeRoom`. Returns the message id. */
  receive(
    talkerId: string,
    text: string,
    place: { readonly id?: string; readonly roomId?: string; readonly mentionIds?: readonly string[] } = {},
  ): string {
    this.#meet(talkerId);
    if (place.roomId !== undefined && !this.#rooms.has(place.roomId))
      throw new Error('a message came from a room that does not exist');
    const common = {
      id: place.id ?? randomUUID(),
      talkerId,
      text,
      timestamp: Date.now(),
      type: PUPPET.types.Message.Text,
    };
    const message: Message =
      place.roomId === undefined
        ? { ...common, listenerId: BOT_ID }
        : { ...common, roomId: place.roomId, mentionIdList: [...(place.mentionIds ?? [])] };
    this.#remember(message);
    this.emit('message', { messageId: message.id });
    return message.id;
  }

  /** Somebody asks to become a friend. */
  requestFriendship(contactId: string, hello: string): void {
    this.#meet(contactId);
    const id = randomUUID();
    const type = PUPPET.types.Friendship.Receive;
    this.#friendships.set(id, { id, contactId, hello, ticket: '', timestamp: Date.now(), type });
    this.emit('friendship', { friendshipId: id });
  }

  /** A group with the bot in it. Its id must contain `@`: Wechaty tells rooms from contacts by that. */
  makeRoom(id: string, topic: string, memberIds: readonly string[], ownerId?: string): void {
    if (!id.includes('@')) throw new Error('a room id must contain @');
    for (const member of memberIds) this.#meet(member);
    this.#rooms.set(id, {
      id,
      topic,
      memberIdList: [BOT_ID, ...memberIds],
      adminIdList: [],
      ...(ownerId === undefined ? {} : { ownerId }),
    });
  }

  /** Somebody joins a room, brought by `inviterId`. */
  joinRoom(roomId: string, memberId: string, inviterId: string): void {
    this.#meet(memberId);
    const room = this.#room(roomId);
    this.#rooms.set(roomId, { ...room, memberIdList: [...room.memberIdList, memberId] });
    this.emit('room-join', { roomId, inviteeIdList: [memberId], inviterId, timestamp: Date.now() });
  }

  get botId(): string {
    return BOT_ID;
  }

  override async contactList(): Promise<string[]> {
    return [...this.#contacts.keys()];
  }

  /** Whoever a reply waits for is known, also when he spoke before the program was started. */
  override async contactRawPayload(id: string): Promise<Contact> {
    return this.#contacts.get(id) ?? this.#meet(id);
  }

  override async contactRawPayloadParser(payload: Contact): Promise<Contact> {
    return payload;
  }

  override async messageRawPayload(id: string): Promise<Message> {
    const found = this.#messages.get(id);
    if (!found) throw new Error('a message was asked for that is no longer kept');
    return found;
  }

  override async messageRawPayloadParser(payload: Message): Promise<Message> {
    return payload;
  }

  override async messageSendText(to: string, text: string, mentionIds: string[] = []): Promise<string> {
    const common = { id: randomUUID(), talkerId: BOT_ID, text, timestamp: Date.now(), type: PUPPET.types.Message.Text };
    const message: Message = this.#rooms.has(to)
      ? { ...common, roomId: to, mentionIdList: mentionIds }
      : { ...common, listenerId: to };
    this.#remember(message);
    await this.#deliver({ id: message.id, to, text, mentionIds });
    return message.id;
  }

  override async roomList(): Promise<string[]> {
    return [...this.#rooms.keys()];
  }

  override async roomRawPayload(id: string): Promise<Room> {
    return this.#room(id);
  }

  override async roomRawPayloadParser(payload: Room): Promise<Room> {
    return payload;
  }

  override async roomMemberList(id: string): Promise<string[]> {
    return [...this.#room(id).memberIdList];
  }

  override async roomMemberRawPayload(_roomId: string, id: string): Promise<PUPPET.payloads.RoomMember> {
    const { name } = await this.contactRawPayload(id);
    return { id, name, avatar: '' };
  }

  override async roomMemberRawPayloadParser(payload: PUPPET.payloads.RoomMember): Promise<PUPPET.payloads.RoomMember> {
    return payload;
  }

  override roomTopic(roomId: string): Promise<string>;
  override roomTopic(roomId: string, topic: string): Promise<void>;
  // biome-ignore lint/suspicious/noConfusingVoidType: wechaty-puppet declares the second overload as Promise<void>
  override async roomTopic(roomId: string, topic?: string): Promise<string | void> {
    const room = this.#room(roomId);
    if (topic === undefined) return room.topic;
    this.#rooms.set(roomId, { ...room, topic });
  }

  override async friendshipRawPayload(id: string): Promise<Friendship> {
    const found = this.#friendships.get(id);
    if (!found) throw new Error('a friend request was asked for that never came');
    return found;
  }

  override async friendshipRawPayloadParser(payload: Friendship): Promise<Friendship> {
    return payload;
  }

  override async friendshipAccept(id: string): Promise<void> {
    this.#friendships.delete(id);
  }

  #room(id: string): Room {
    const room = this.#rooms.get(id);
    if (!room) throw new Error('a room was asked for that does not exist');
    return room;
  }

  #meet(id: string): Contact {
    const known = this.#contacts.get(id) ?? contact(id, '居民');
    if (id !== BOT_ID) this.#contacts.delete(id);
    this.#contacts.set(id, known);
    if (this.#contacts.size > MOST_CONTACTS) this.#forgetOldest(this.#contacts);
    return known;
  }

  #remember(message: Message): void {
    this.#messages.set(message.id, message);
    setTimeout(() => this.#messages.delete(message.id), KEPT_MS).unref();
    if (this.#messages.size > MOST_MESSAGES) this.#forgetOldest(this.#messages);
  }

  #forgetOldest(map: Map<string, unknown>): void {
    const oldest = [...map.keys()].find((key) => key !== BOT_ID);
    if (oldest !== undefined) map.delete(oldest);
  }
}

refuseTheRest(LocalPuppet);

function contact(id: string, name: string): Contact {
  return {
    id,
    name,
    avatar: '',
    gender: PUPPET.types.ContactGender.Unknown,
    type: PUPPET.types.Contact.Individual,
    phone: [],
    friend: true,
  };
}
