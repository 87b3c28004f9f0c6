// What the pages of both APIs share: the list of callbacks, and buttons whose arguments are JavaScript values.
const main = document.querySelector('main');
const log = document.getElementById('log');

/** Writes a line on top of the list. */
export function note(text) {
  const line = document.createElement('li');
  const time = document.createElement('time');
  time.textContent = `${new Date().toLocaleTimeString()} `;
  line.append(time, text);
  log.prepend(line);
}

/** A button; with an example it has a field for arguments, which go to what it does. */
export function row(name, example, act) {
  const form = document.createElement('form');
  const button = document.createElement('button');
  button.textContent = name;
  form.append(button);
  const field = example ? fieldOf(name, example) : null;
  if (field) form.append(field);
  form.onsubmit = (event) => {
    event.preventDefault();
    let args;
    try {
      args = new Function(`return [${field?.value ?? ''}]`)();
    } catch (error) {
      return note(String(error));
    }
    act(...args);
  };
  return form;
}

function fieldOf(name, example) {
  const field = document.createElement('textarea');
  field.value = example;
  field.rows = Math.ceil(example.length / 34);
  field.spellcheck = false;
  field.setAttribute('aria-label', `Arguments of ${name}`);
  field.onkeydown = (event) => {
    if (event.key !== 'Enter' || event.shiftKey) return;
    event.preventDefault();
    field.form.requestSubmit();
  };
  return field;
}

export function section(title, rows, text) {
  const box = document.createElement('section');
  const head = document.createElement('h2');
  head.textContent = title;
  box.append(head);
  if (text) {
    const words = document.createElement('p');
    words.textContent = text;
    box.append(words);
  }
  box.append(...rows);
  main.append(box);
}

/** The names of this server's departments, in quotes as arguments; what stands in when there is none, or no answer, is refused. */
export async function departments() {
  const { config } = await fetch(new URL('../api/v1/foyer/widget/config', document.baseURI)).then((answer) => answer.json()).catch(() => ({}));
  if (!config) return { one: '"Sales"', text: 'This server’s departments could not be read, so the one named here stands for yours.' };
  const names = config.departments.map(({ name }) => JSON.stringify(name));
  return { one: names[0] ?? '"Sales"', text: names.length > 0 ? `This server has ${names.join(', ')}.` : 'This server has no departments yet, so what names one is refused. Make one in the console.' };
}
