import autocannon from 'autocannon';

// Load for the join benchmark, in a process of its own: every request is another person.
// Arguments: URL, connections, seconds. Prints the number of answers 201 a second.
const [url = '', connections = '1', seconds = '1'] = process.argv.slice(2);
let next = Date.now() * 1000; // unlike any number of an earlier run

const result = await autocannon({
  url,
  connections: Number(connections),
  duration: Number(seconds),
  requests: [
    {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      setupRequest: (request) => {
        next += 1;
        return {
          ...request,
          body: JSON.stringify({
            requestType: 'AES',
            person: {
              name: 'Aminata Exemple-Diarra',
              document: { kind: 'passport', country: 'MLI', number: `EX${next}` },
            },
            contact: { email: `personne-${next}@example.org` },
            language: 'fr',
            accepts: {
              sites: ['nanterre'],
              windows: [{ days: [1, 2, 4], from: '09:00', until: '12:00' }],
            },
          }),
        };
      },
    },
  ],
});
const others = result.non2xx + result.errors + result.timeouts;
if (others > 0) console.error(`${others} requests were not answered with success`);
console.log(result['2xx'] / result.duration);
