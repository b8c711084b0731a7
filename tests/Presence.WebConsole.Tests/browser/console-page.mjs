// What a person does in the console, in the words that the page itself uses for it.

export class ConsolePage {
  constructor(page) {
    this.page = page;
  }

  static async logIn(browser, address, password, options) {
    const console = new ConsolePage(await browser.open('/console/', options));
    await console.logIn(address, password);
    return console;
  }

  async logIn(address, password) {
    await this.page.getByLabel('Address').fill(address);
    await this.page.getByLabel('Password').fill(password);
    await this.page.keyboard.press('Enter');
    await this.page.getByText('Connected', { exact: true }).waitFor();
  }

  async add(address) {
    await this.page.getByLabel('Add a contact').fill(address);
    await this.page.getByRole('button', { name: 'Add', exact: true }).click();
  }

  async enterGroup(address, how) {
    await this.page.getByLabel('Join or create a group').fill(address);
    await this.press(how);
    await this.row(address).waitFor();
  }

  accept = address => this.press(`Accept ${address}`);

  press = name => this.page.getByRole('button', { name, exact: true }).click();

  /** The row of a contact. */
  row = address => this.page.locator('.person', { hasText: address });

  /** Waits until a contact is shown so. */
  sees = (address, text) => this.row(address).getByText(text).waitFor();

  setStatus = status => this.page.getByLabel('Status').selectOption(status);

  async setNote(note) {
    await this.page.getByLabel('Note').fill(note);
    await this.press('Set note');
  }

  open = address => this.row(address).click();

  /** By keyboard alone: the conversation that was opened has the focus in its field. */
  async write(text) {
    await this.page.keyboard.type(text);
    await this.page.keyboard.press('Enter');
  }

  /** Waits for a text in the conversation. */
  reads = text => this.page.getByRole('log').getByText(text, { exact: true }).waitFor();

  show = view => this.page.getByRole('navigation').getByRole('button', { name: view }).click();
}
