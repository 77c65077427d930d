import type { Mind, Understanding } from '../conversation/index.ts';

/** Messages to tap on the chat page: one per core fraud, first aid, a question, a harmless one. */
export function samplesFrom({ base, understand }: Mind): readonly { readonly label: string; readonly text: string }[] {
  const core = base.frauds.filter((fraud) => fraud.core);
  const frauds = core.flatMap((fraud) => {
    const text = fraud.sayings.resident.find((saying) => warnsHighly(understand(saying))) ?? fraud.sayings.resident[0];
    return text === undefined ? [] : [{ label: fraud.short, text }];
  });
  const harmless = core.flatMap((fraud) => fraud.lookalikes)[0];
  return [
    ...frauds,
    { label: '已经转了钱', text: '我已经转了五千了' },
    { label: '问知识', text: '96110是什么电话' },
    ...(harmless ? [{ label: '正常的话', text: harmless.say }] : []),
  ];
}

function warnsHighly({ verdict }: Understanding): boolean {
  return verdict.kind === 'warning' && verdict.level === 'high';
}
