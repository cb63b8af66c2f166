import { NotifyClient } from 'notifications-node-client';
import type { Config } from './config';
import type { Handing, Letter, Mail, ReturnedLetter } from './mail';
import { withoutAddresses } from './smtp-fault';

const lanes = 5;
const answerLimit = 30_000;
const mostPages = 40;

/** Sends by GOV.UK Notify: a template that holds nothing but ((subject)) and ((body)). */
export function openNotify({ apiKey, templateId, url }: NonNullable<Config['notify']>): Mail {
  const client = url ? new NotifyClient(url, apiKey) : new NotifyClient(apiKey);

  async function hand(letter: Letter, confirm: () => Promise<boolean>): Promise<Handing> {
    if (!(await confirm())) return { outcome: 'withheld' };
    try {
      const { data } = await answered(
        client.sendEmail(templateId, letter.to, {
          personalisation: { subject: letter.subject, body: letter.text },
          reference: letter.id,
          ...(letter.unsubscribe?.startsWith('https:') ? { oneClickUnsubscribeURL: letter.unsubscribe } : {}),
        }),
      );
      return { outcome: 'accepted', providerId: data.id };
    } catch (error) {
      return readNotifyFault(error as NotifyFault);
    }
  }

  async function* listReturned(): AsyncGenerator<ReturnedLetter[]> {
    let olderThan: string | undefined;
    for (let page = 0; page < mostPages; page += 1) {
      const { data } = await answered(client.getNotifications('email', 'failed', undefined, olderThan));
      if (data.notifications.length === 0) return;
      yield data.notifications.flatMap(({ reference, status }) =>
        reference ? [{ id: reference, reason: returned[status] ?? status }] : [],
      );
      olderThan = data.notifications.at(-1)!.id;
    }
  }

  return {
    way: 'notify',
    lanes,
    openLane: () => ({ hand, close: async () => {} }),
    lookUp: async (letterId) => {
      const { data } = await answered(client.getNotifications('email', undefined, letterId));
      return data.notifications[0]?.id;
    },
    listReturned,
  };
}

const returned: Record<string, string> = {
  'permanent-failure': 'The address does not exist, or its provider does not take the message',
  'temporary-failure': 'The mailbox was full or could not be reached for three days',
  'technical-failure': 'GOV.UK Notify could not send it',
};

/** What the client throws: an answer that is no success, or none. */
export interface NotifyFault {
  message: string;
  code?: string;
  response?: { status: number; data?: { errors?: { error: string; message: string }[] } };
}

/** What an answer of GOV.UK Notify means for the letter, and for all others. */
export function readNotifyFault({ message, code = '', response }: NotifyFault): Handing {
  if (!response) {
    const neverSent = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'].includes(
      code,
    );
    return { outcome: neverSent ? 'unreachable' : 'unknown', reason: withoutAddresses(message) };
  }
  const { status, data } = response;
  const said = data?.errors?.map((error) => error.message).join('; ') || message;
  const reason = withoutAddresses(said);
  if (status === 429) return { outcome: 'unreachable', reason };
  if (status >= 500) return { outcome: 'unknown', reason };
  if (status === 400 && /email_address/.test(said)) return { outcome: 'bounced', reason };
  return { outcome: 'blocked', reason };
}

function answered<T>(answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('GOV.UK Notify did not answer in time')), answerLimit);
  });
  return Promise.race([answer, silence]).finally(() => clearTimeout(timer));
}
