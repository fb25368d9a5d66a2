import { describe, expect, it } from 'vitest';
import { narrativeProblem } from './narrative.ts';

const inside = (html: string) => `<div xmlns="http://www.w3.org/1999/xhtml">${html}</div>`;

describe('narrative (R4 §2.25.0.2, txt-1, txt-2)', () => {
  it.each([
    inside('Huyết áp <b>120/80</b>&#160;mmHg &amp; mạch&nbsp;72'),
    '<div>x<br/></div>',
    inside('<!-- note --><p style="color: red" class=\'x\'>a</p><a href="https://sen.example/?a=1&amp;b=2">b</a>'),
    inside('<img src="#photo" alt=""/>'),
    inside('<img src="data:image/png;base64,QUJD"/>'),
    inside('<a title="1 > 0">x</a>'),
  ])('accepts %s', (div) => {
    expect(narrativeProblem(div)).toBeUndefined();
  });

  it.each([
    ['', /begins with <div/], ['text', /begins with <div/], ['<p>x</p>', /begins with <div/], ['<divx>x</divx>', /begins with <div/],
    [inside(''), /some text or an image/], [inside('<!-- x --> <p> </p>'), /some text or an image/],
    [inside('<b>x'), /<\/div> closes <b>/], ['<div>x', /<div> is not closed/], ['<div>x</div><div>y</div>', /nothing after it/],
    [inside('a & b'), /&amp;/], [inside('a < b'), /&lt;/], [inside('<p class=x>y</p>'), /quoted/],
    [inside('<script>x</script>'), /<script>/], [inside('<SCRIPT>x</SCRIPT>'), /<SCRIPT>/], [inside('<iframe src="x"/>y'), /<iframe>/],
    [inside('<object data="x"/>y'), /<object>/], [inside('<form>x</form>'), /<form>/], [inside('<svg>x</svg>'), /<svg>/], [inside('<link href="x"/>y'), /<link>/],
    [inside('<p onclick="x()">y</p>'), /onclick/], [inside('<img src="x" onerror="y"/>'), /onerror/], [inside('<p ONCLICK="x()">y</p>'), /ONCLICK/],
    [inside('<a href="javascript:x()">y</a>'), /active content/], [inside('<a href=" JaVa&#x53;cript:x()">y</a>'), /active content/],
    [inside('<a href="java&#10;script:x()">y</a>'), /active content/], [inside('<a href="javascript&colon;x()">y</a>'), /active content/],
    [inside('<a href="data:text/html,x">y</a>'), /active content/], [inside('<img src="data:image/svg+xml,x"/>'), /active content/],
    [inside('<p style="width: expression(x)">y</p>'), /active content in style/],
    [inside('<![CDATA[<script>x</script>]]>'), /CDATA/], ['<div><?php x ?>y</div>', /processing instruction/],
    ['<div xmlns="http://www.w3.org/2000/svg">x</div>', /namespace/],
  ])('refuses %s', (div, problem) => {
    expect(narrativeProblem(div)).toMatch(problem);
  });

  it('reads hostile markup in linear time', () => {
    const started = performance.now();
    narrativeProblem(inside('<b>'.repeat(300_000)));
    narrativeProblem(`<div ${'a="x" '.repeat(300_000)}`);
    narrativeProblem(`<div${' '.repeat(300_000)}`);
    expect(performance.now() - started).toBeLessThan(3000);
  });
});
