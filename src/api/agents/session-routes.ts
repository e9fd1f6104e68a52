import { signOut } from '../../usecases/agents/sign-in.ts';
import { route } from '../http/route.ts';

export const endSession = route({
  id: 'endSession',
  delete: '/session',
  tag: 'Audit',
  summary: 'Sign out',
  description: 'Ends the session whose token is sent. Does nothing to keys.',
  access: { agent: 'signOut', audit: 'read' },
  answers: { 204: { description: 'The token is refused from now on.' } },
  async run({ prefecture, agent }, deps) {
    await signOut(deps, prefecture.id, agent());
    return { status: 204 };
  },
});
