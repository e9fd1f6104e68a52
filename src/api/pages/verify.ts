import { publicFor } from '../http/cacheable.ts';
import { page } from '../http/page.ts';

/** `/verify`: the page on which a browser checks a draw. Made when it is first asked for. */
export const showVerifyPage = page({
  id: 'showVerifyPage',
  get: '/verify',
  isStrict: true,
  budget: 'none',
  async run(_call, { verifyPage }) {
    const { text, sha256, policy } = await verifyPage();
    // RFC 9530: what `sha256sum` gives of this page, in base64.
    const digest = `sha-256=:${Buffer.from(sha256, 'hex').toString('base64')}:`;
    const cache = { control: publicFor(300), tag: sha256.slice(0, 22) };
    return { status: 200, headers: { 'Repr-Digest': digest }, html: text, policy, cache };
  },
});
