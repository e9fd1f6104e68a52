import { expect, expectTypeOf, test } from 'vitest';
import * as store from '#src/domain/types.ts';
import * as notifications from '#src/notifications/render/message.ts';

test('store and notifications name the same messages', () => {
  expectTypeOf<notifications.MessageKind>().toEqualTypeOf<store.MessageKind>();
  expect(notifications.MESSAGE_KINDS).toEqual(store.MESSAGE_KINDS);
});

test('store and notifications know the same languages', () => {
  expectTypeOf<notifications.Language>().toEqualTypeOf<store.Language>();
  expectTypeOf<store.Labels>().toExtend<notifications.Labels>();
  expect(notifications.LANGUAGES).toEqual(store.Language.options);
});
