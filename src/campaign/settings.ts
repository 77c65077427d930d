/** How the campaign is run in one county. */
export interface CampaignSettings {
  readonly county: string;
  /** How people reach the bot, in words. */
  readonly entry: string;
  /** Where pictures can be fetched from outside; absent: only on the chat page. */
  readonly publicUrl: string | undefined;
  /** Days without a lesson, as 2026-11-24. */
  readonly holidays: ReadonlySet<string>;
  /** Cron patterns in Asia/Shanghai. */
  readonly lessonTime: string;
  readonly tipTime: string;
  readonly broadcastPerMinute: number;
  readonly units: readonly string[];
  readonly rollCall: boolean;
  readonly jinzhongzhao: boolean;
  /** Units that keep a list of names, and what for. */
  readonly namedUnits: readonly { readonly unit: string; readonly purpose: string }[];
}
