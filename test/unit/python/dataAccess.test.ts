import assert from 'node:assert/strict';
import { loadSqlParser } from '../../../src/syntax/sql/parser';
import { accessesIn } from './samples';

const DJANGO = 'from django.db import models\nclass Order(models.Model):\n    total = models.IntegerField()\n    class Meta:\n        db_table = "orders"\n';
const ALCHEMY = 'from sqlalchemy import insert, select, text\nfrom sqlalchemy.orm import Session\nfrom .models import Order\n';

describe('data access in Python', () => {
  before(loadSqlParser);

  it('knows Django managers, query sets and records', () => {
    assert.deepEqual(accessesIn(`${DJANGO}Order.objects.get(pk=1)\n`), ['query django orders get']);
    assert.deepEqual(accessesIn(`${DJANGO}Order.objects.filter(a=1).exclude(b=2).exists()\n`), ['query django orders exists']);
    assert.deepEqual(accessesIn(`${DJANGO}order = Order()\norder.save()\n`), ['write django orders save']);
    assert.deepEqual(accessesIn(`${DJANGO}Order.objects.bulk_create(rows)\n`), ['write django orders bulk_create']);
    assert.deepEqual(accessesIn('from django.shortcuts import get_object_or_404 as find\nfind(Order, pk=1)\n'), ['query django Order get_object_or_404']);
    assert.deepEqual(accessesIn('from django.contrib.auth import get_user_model\nUser = get_user_model()\nUser.objects.count()\n'), ['query django User count']);
  });

  it('counts a lazy query set where it runs', () => {
    assert.deepEqual(accessesIn(`${DJANGO}orders = Order.objects.filter(a=1)\n`), []);
    assert.deepEqual(accessesIn(`${DJANGO}orders = Order.objects.filter(a=1)\nfor order in orders:\n    pass\n`), ['query django orders filter']);
    assert.deepEqual(accessesIn(`${DJANGO}orders = Order.objects.filter(a=1)[:5]\n`), []);
    assert.deepEqual(accessesIn(`${DJANGO}if Order.objects.filter(a=1):\n    pass\n`), ['query django orders filter']);
    assert.deepEqual(accessesIn(`${DJANGO}orders = Order.objects.prefetch_related("lines")\nfor order in orders:\n    order.lines.all()\n`), ['query django orders prefetch_related']);
  });

  it('knows SQLAlchemy sessions, statements and Flask models', () => {
    assert.deepEqual(accessesIn(`${ALCHEMY}def f(s: Session):\n    s.get(Order, 1)\n`), ['query sqlalchemy Order get']);
    assert.deepEqual(accessesIn(`${ALCHEMY}def f(s: Session):\n    s.execute(insert(Order).values(a=1))\n`), ['write sqlalchemy Order execute']);
    assert.deepEqual(accessesIn(`${ALCHEMY}def f(s: Session):\n    q = select(Order).where(Order.a == 1)\n    s.scalars(q)\n`), ['query sqlalchemy Order scalars']);
    assert.deepEqual(accessesIn(`${ALCHEMY}def f(s: Session):\n    s.execute(text("DELETE FROM orders"))\n`), ['write sqlalchemy orders execute']);
    assert.deepEqual(accessesIn('from flask import g\nfrom .models import Order\nOrder.query.filter_by(a=1).first()\n'), ['query sqlalchemy Order first']);
  });

  it('knows the drivers and what their statements do', () => {
    assert.deepEqual(accessesIn('import sqlite3\ndb = sqlite3.connect(p)\ndb.execute("SELECT a FROM orders")\n'), ['query sqlite3 orders execute']);
    assert.deepEqual(accessesIn('import psycopg\nwith psycopg.connect() as c, c.cursor() as cur:\n    cur.execute("INSERT INTO orders (a) VALUES (%s)", [1])\n'), ['write psycopg orders execute']);
    assert.deepEqual(accessesIn('import asyncpg\nasync def f(pool: asyncpg.Pool):\n    await pool.fetch("SELECT a FROM orders WHERE b = $1", 1)\n'), ['query asyncpg orders fetch']);
    assert.deepEqual(accessesIn('SQL = """\nSELECT a\nFROM orders\n"""\ndef f(whatever):\n    whatever.execute(SQL)\n'), ['query sql orders execute']);
    assert.deepEqual(accessesIn('import sqlite3\nsqlite3.connect(p).execute("PRAGMA foreign_keys = ON")\n'), []);
  });

  it('knows requests, files and documents', () => {
    assert.deepEqual(accessesIn('import requests as r\nr.get(url)\n'), ['request requests - get']);
    assert.deepEqual(accessesIn('import httpx\nwith httpx.Client() as c:\n    c.post(url)\n'), ['request httpx - post']);
    assert.deepEqual(accessesIn('import boto3\ns3 = boto3.client("s3")\ns3.head_object(Key=k)\n'), ['request boto3 - head_object']);
    assert.deepEqual(accessesIn('from pathlib import Path\nPath(a).read_text()\nopen(a)\n'), ['file pathlib - read_text', 'file builtins - open']);
    assert.deepEqual(accessesIn('from pymongo import MongoClient\ndb = MongoClient().shop\ndb.orders.find_one({})\n'), ['query pymongo orders find_one']);
  });

  it('takes nothing for data access by its name alone', () => {
    assert.deepEqual(accessesIn('prices.get(sku)\nform.save()\nsession.get("user")\nqueue.all()\nrunner.execute(job)\nrow.delete()\nclient.post(x)\n'), []);
    assert.deepEqual(accessesIn('objects = []\nobjects.count(1)\n'), []);
  });
});
