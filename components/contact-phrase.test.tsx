import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { ContactPhrase } from './contact-phrase';
import { Shell } from './shell';

const practice = {
  name: 'Harbour',
  address: '',
  phone: '',
  phoneLink: null,
  timeZone: 'Europe/Dublin',
  isDemo: false,
  colour: 'green',
  markId: null,
  namesSoftware: false,
};
const reached = { ...practice, phone: '01 555 0142', phoneLink: 'tel:+35315550142' };

describe('46 how to reach a practice', () => {
  it('is its phone number as a link', () => {
    const link = '<a href="tel:+35315550142">01 555 0142</a>';
    expect(renderToStaticMarkup(<ContactPhrase practice={reached} />)).toBe(`call ${link}`);
    expect(renderToStaticMarkup(<ContactPhrase practice={reached} capital />)).toBe(`Call ${link}`);
  });

  it('is its phone number as text, where it cannot be dialled', () => {
    const html = renderToStaticMarkup(<ContactPhrase practice={{ ...reached, phoneLink: null }} />);
    expect(html).toBe('call <span>01 555 0142</span>');
  });

  it('is its name, where it gives no phone number', () => {
    expect(renderToStaticMarkup(<ContactPhrase practice={practice} />)).toBe('<bdi>contact Harbour</bdi>');
    expect(renderToStaticMarkup(<ContactPhrase practice={practice} capital />)).toBe('<bdi>Contact Harbour</bdi>');
  });

  it('leaves no gap in a page’s footer', () => {
    const page = renderToStaticMarkup(<Shell practice={practice}>here</Shell>);
    expect(page).toContain('<span>Harbour</span><span>All times are Dublin time</span>');
    expect(page).not.toContain('tel:');
    expect(renderToStaticMarkup(<Shell practice={{ ...reached, address: '1 Quay' }}>here</Shell>)).toContain(
      '<span>Harbour, 1 Quay</span><a href="tel:+35315550142">01 555 0142</a>',
    );
  });
});
